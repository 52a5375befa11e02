package facelake.match;

import static facelake.match.PersonGroups.Kind.COPY;
import static facelake.match.PersonGroups.Kind.EVIDENCE;
import static facelake.match.PersonGroups.Kind.LABEL;
import static facelake.match.PersonGroups.Kind.WORD;
import static facelake.match.PersonGroups.Outcome.BRIDGE;
import static facelake.match.PersonGroups.Outcome.JOINED;
import static facelake.match.PersonGroups.Outcome.KEPT_APART;
import static facelake.match.PersonGroups.Outcome.SAME_HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import facelake.match.PersonGroups.Link;
import facelake.match.PersonGroups.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersonGroupsTest {
  @Test
  void leavesMembersAloneWithoutLinks() {
    PersonGroups groups = homeless(3);

    assertThat(groups.join(List.of())).isEmpty();
    assertThat(groups.groups()).containsExactly(0, 1, 2);
    assertThat(groups.density(1)).isEqualTo(1);
  }

  @Test
  void numbersGroupsByTheirFirstMembers() {
    PersonGroups groups = homeless(4);

    assertThat(groups.join(List.of(link(3, 1, 9)))).containsExactly(JOINED);
    assertThat(groups.groups()).containsExactly(0, 1, 2, 1);
  }

  @Test
  void joinsTheSurestLinkFirst() {
    PersonGroups groups = new PersonGroups(new int[] {5, -1, 5});

    assertThat(groups.join(List.of(link(0, 1, 3), link(1, 2, 4))))
        .containsExactly(SAME_HOME, JOINED);
  }

  @Test
  void joinsWordsThenCopiesThenEvidence() {
    assertThat(rivals(new Link(1, 0, 9, COPY), new Link(1, 2, -9, WORD)))
        .containsExactly(KEPT_APART, JOINED);
    assertThat(rivals(link(1, 0, 9), new Link(1, 2, -9, COPY))).containsExactly(KEPT_APART, JOINED);
  }

  /** Links of which only the first that is looked at can join. */
  private static List<Outcome> rivals(Link a, Link b) {
    PersonGroups groups = homeless(3);
    groups.keepApart(0, 2);
    return groups.join(List.of(a, b));
  }

  @Test
  void keepsGroupsApartOfWhichTwoMembersAre() {
    PersonGroups groups = homeless(4);
    groups.keepApart(0, 3);

    assertThat(
            groups.join(
                List.of(new Link(0, 1, 9, COPY), new Link(2, 3, 8, COPY), new Link(1, 2, 7, COPY))))
        .containsExactly(JOINED, JOINED, KEPT_APART);
    assertThat(groups.groups()).containsExactly(0, 0, 1, 1);
  }

  @Test
  void lendsAHomeToAPersonOnce() {
    PersonGroups groups = new PersonGroups(new int[] {1, 2, 1, -1, -1});

    assertThat(
            groups.join(
                List.of(
                    new Link(0, 1, 9, COPY),
                    new Link(1, 2, 8, COPY),
                    new Link(2, 3, 7, COPY),
                    new Link(3, 4, 6, COPY))))
        .containsExactly(JOINED, SAME_HOME, JOINED, JOINED);
  }

  @Test
  void believesAWordAboutMembersOfOneHome() {
    PersonGroups groups = new PersonGroups(new int[] {1, 1});

    assertThat(groups.join(List.of(new Link(0, 1, -9, WORD)))).containsExactly(JOINED);
  }

  @Test
  void refusesABridge() {
    PersonGroups groups = homeless(4);

    assertThat(groups.join(List.of(link(0, 1, 9), link(2, 3, 8), link(1, 2, 7))))
        .containsExactly(JOINED, JOINED, BRIDGE);
    assertThat(groups.groups()).containsExactly(0, 0, 1, 1);
  }

  @Test
  void refusesAChainWhoseEndsHaveNothingInCommon() {
    PersonGroups groups = homeless(3);

    assertThat(groups.join(List.of(link(0, 1, 9), link(1, 2, 8)))).containsExactly(JOINED, BRIDGE);
    assertThat(groups.groups()).containsExactly(0, 0, 1);
  }

  @Test
  void believesALabelForAFaceThatLooksLikeOneOfTwo() {
    PersonGroups groups = homeless(3);

    assertThat(groups.join(List.of(link(0, 1, 9), new Link(1, 2, 8, LABEL)))).containsOnly(JOINED);
  }

  /** Somebody as a child and grown up, whom a word joined, is one for whoever looks like either. */
  @Test
  void asksForNoLikenessAmongThoseWhomAWordOrALabelJoined() {
    for (PersonGroups.Kind kind : List.of(WORD, LABEL)) {
      PersonGroups groups = homeless(3);

      assertThat(groups.join(List.of(new Link(0, 1, 9, kind), link(1, 2, 8))))
          .as(kind.name())
          .containsOnly(JOINED);
    }
    assertThat(homeless(3).join(List.of(new Link(0, 1, 9, COPY), link(1, 2, 8))))
        .containsExactly(JOINED, BRIDGE);
  }

  @Test
  void joinsGroupsThatHalfOfTheirPairsSupport() {
    PersonGroups groups = homeless(4);
    groups.support(3, 0);

    assertThat(groups.join(List.of(link(0, 1, 9), link(2, 3, 8), link(1, 2, 7))))
        .containsOnly(JOINED);
    assertThat(groups.density(2)).isCloseTo(4 / 6.0, within(1e-9));
  }

  @Test
  void crossesABridgeByACopy() {
    PersonGroups groups = homeless(4);

    assertThat(
            groups.join(
                List.of(new Link(0, 1, 9, COPY), new Link(2, 3, 8, COPY), new Link(1, 2, 7, COPY))))
        .containsOnly(JOINED);
    assertThat(groups.density(0)).isCloseTo(0.5, within(1e-9));
  }

  /** Member 4 looks like all others, so that groups which hung by one link hold together. */
  @Test
  void callsABridgeJoinedWhereOthersJoinedItsSides() {
    PersonGroups groups = homeless(5);
    groups.support(4, 1);
    groups.support(4, 3);

    assertThat(
            groups.join(
                List.of(link(0, 1, 9), link(2, 3, 8), link(0, 2, 7), link(0, 4, 6), link(4, 2, 5))))
        .containsOnly(JOINED);
    assertThat(groups.groups()).containsOnly(0);
  }

  @Test
  void doesNotDependOnTheOrderOfLinks() {
    Random random = new Random(3);
    List<Link> links = new ArrayList<>();
    for (int a = 0; a < 30; a++) {
      for (int b = 0; b < a; b++) {
        if (random.nextInt(4) == 0) {
          links.add(new Link(a, b, random.nextInt(5), random.nextInt(9) == 0 ? COPY : EVIDENCE));
        }
      }
    }
    PersonGroups first = tangled();
    Map<Link, Outcome> outcomes = outcomes(first, links);

    assertThat(outcomes.values()).contains(Outcome.values());
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(links, random);
      PersonGroups again = tangled();
      assertThat(outcomes(again, links)).isEqualTo(outcomes);
      assertThat(again.groups()).containsExactly(first.groups());
    }
  }

  private static PersonGroups tangled() {
    int[] homes = new int[30];
    Arrays.setAll(homes, member -> member % 3 == 0 ? member % 4 : -1);
    PersonGroups groups = new PersonGroups(homes);
    groups.keepApart(1, 2);
    groups.keepApart(4, 5);
    groups.keepApart(7, 10);
    return groups;
  }

  private static Map<Link, Outcome> outcomes(PersonGroups groups, List<Link> links) {
    List<Outcome> outcomes = groups.join(links);
    Map<Link, Outcome> byLink = new HashMap<>();
    for (int i = 0; i < links.size(); i++) {
      byLink.put(links.get(i), outcomes.get(i));
    }
    return byLink;
  }

  private static PersonGroups homeless(int members) {
    int[] homes = new int[members];
    Arrays.fill(homes, -1);
    return new PersonGroups(homes);
  }

  private static Link link(int a, int b, double score) {
    return new Link(a, b, score, EVIDENCE);
  }
}
