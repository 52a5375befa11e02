package facelake.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;

/** Which subjects decisions join, directly or over others. */
final class Links {
  private record Link(Subject to, Decision by) {}

  private final Map<Subject, Subject> parents = new HashMap<>();
  private final Map<Subject, List<Link>> neighbours = new HashMap<>();

  /** Joins two subjects. */
  void add(Subject a, Subject b, Decision by) {
    neighbours.computeIfAbsent(a, key -> new ArrayList<>()).add(new Link(b, by));
    neighbours.computeIfAbsent(b, key -> new ArrayList<>()).add(new Link(a, by));
    parents.put(root(a), root(b));
  }

  boolean joined(Subject a, Subject b) {
    return root(a).equals(root(b));
  }

  /** The fewest decisions that lead from one subject to another that is joined to it. */
  List<Decision> chain(Subject from, Subject to) {
    Map<Subject, Link> back = new HashMap<>();
    Deque<Subject> open = new ArrayDeque<>(List.of(from));
    back.put(from, null);
    while (!back.containsKey(to)) {
      Subject near = open.removeFirst();
      for (Link link : neighbours.get(near)) {
        if (!back.containsKey(link.to())) {
          back.put(link.to(), new Link(near, link.by()));
          open.addLast(link.to());
        }
      }
    }
    LinkedList<Decision> chain = new LinkedList<>();
    for (Link link = back.get(to); link != null; link = back.get(link.to())) {
      chain.addFirst(link.by());
    }
    return chain;
  }

  private Subject root(Subject subject) {
    Subject root = subject;
    while (!parent(root).equals(root)) {
      parents.put(root, parent(parent(root)));
      root = parent(root);
    }
    return root;
  }

  private Subject parent(Subject subject) {
    return parents.getOrDefault(subject, subject);
  }
}
