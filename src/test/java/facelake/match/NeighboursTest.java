package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  @Test
  void keepsTheNearestFacesAndOneOfEachPerson() {
    List<Neighbour> kept =
        Neighbours.nearest(
            List.of(
                near("a6", "ann", 0.6f),
                near("a1", "ann", 0.1f),
                near("a2", "ann", 0.2f),
                near("a3", "ann", 0.3f),
                near("a4", "ann", 0.4f),
                near("a5", "ann", 0.5f),
                near("b8", "bob", 0.8f),
                near("b7", "bob", 0.7f)));

    assertThat(kept)
        .extracting(Neighbour::faceId)
        .containsExactly("a1", "a2", "a3", "a4", "a5", "b7");
  }

  @Test
  void keepsTenPeopleAtMost() {
    List<Neighbour> many = new ArrayList<>();
    for (int person = 0; person < 30; person++) {
      many.add(near("f" + person, "person " + person, person));
    }

    assertThat(Neighbours.nearest(many)).isEqualTo(many.subList(0, 10));
  }

  @Test
  void ordersEquallyNearFacesByTheirIds() {
    assertThat(Neighbours.nearest(List.of(near("z", "bob", 1), near("a", "ann", 1))))
        .extracting(Neighbour::name)
        .containsExactly("ann", "bob");
  }

  @Test
  void whatIsKeptOfPiecesIsWhatIsKeptOfAll() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      List<Neighbour> all = new ArrayList<>();
      int people = 1 + random.nextInt(20);
      for (int face = 0; face < 60; face++) {
        // Few distances, so that many are equal.
        all.add(near("f" + face, "p" + random.nextInt(people), random.nextInt(20) / 10f));
      }
      int cut = random.nextInt(60);
      List<Neighbour> pieces = new ArrayList<>(Neighbours.nearest(all.subList(cut, 60)));
      pieces.addAll(Neighbours.nearest(all.subList(0, cut)));
      List<Neighbour> kept = Neighbours.nearest(all);

      assertThat(Neighbours.nearest(pieces)).isEqualTo(kept);

      all.removeIf(face -> !kept.contains(face) && random.nextBoolean());
      assertThat(Neighbours.nearest(all)).isEqualTo(kept);
    }
  }

  @Test
  void looksAsFarAsTheLastKeptOnceAllPeopleWereMet() {
    List<Neighbour> five =
        List.of(
            near("1", "ann", 0.1f),
            near("2", "ann", 0.2f),
            near("3", "ann", 0.3f),
            near("4", "bob", 0.4f),
            near("5", "bob", 0.5f));

    assertThat(Neighbours.radius(five, 2)).isEqualTo(Math.nextUp(0.5f));
    assertThat(Neighbours.radius(five, 3)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Neighbours.radius(five.subList(0, 4), 2)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  private static Neighbour near(String faceId, String name, float distance) {
    return new Neighbour(faceId, name, distance);
  }
}
