package facelake.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;

/**
 * What decisions join, directly or over others.
 *
 * @param <T> what is joined
 */
final class Links<T> {
  private record Link<T>(T to, Decision by) {}

  private final Map<T, T> parents = new HashMap<>();
  private final Map<T, List<Link<T>>> neighbours = new HashMap<>();

  /** Joins two. */
  void add(T a, T b, Decision by) {
    neighbours.computeIfAbsent(a, key -> new ArrayList<>()).add(new Link<>(b, by));
    neighbours.computeIfAbsent(b, key -> new ArrayList<>()).add(new Link<>(a, by));
    parents.put(root(a), root(b));
  }

  boolean joined(T a, T b) {
    return root(a).equals(root(b));
  }

  /** The fewest decisions that lead from one to another that is joined to it. */
  List<Decision> chain(T from, T to) {
    Map<T, Link<T>> back = new HashMap<>();
    Deque<T> open = new ArrayDeque<>(List.of(from));
    back.put(from, null);
    while (!back.containsKey(to)) {
      T near = open.removeFirst();
      for (Link<T> link : neighbours.get(near)) {
        if (!back.containsKey(link.to())) {
          back.put(link.to(), new Link<>(near, link.by()));
          open.addLast(link.to());
        }
      }
    }
    LinkedList<Decision> chain = new LinkedList<>();
    for (Link<T> link = back.get(to); link != null; link = back.get(link.to())) {
      chain.addFirst(link.by());
    }
    return chain;
  }

  private T root(T subject) {
    T root = subject;
    while (!parent(root).equals(root)) {
      parents.put(root, parent(parent(root)));
      root = parent(root);
    }
    return root;
  }

  private T parent(T subject) {
    return parents.getOrDefault(subject, subject);
  }
}
