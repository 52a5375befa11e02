package facelake.job;

/** One of the two datasets that are made. */
enum PlantedSide {
  LEFT("left"),
  RIGHT("right");

  private final String dataset;

  PlantedSide(String dataset) {
    this.dataset = dataset;
  }

  String dataset() {
    return dataset;
  }

  PlantedSide other() {
    return this == LEFT ? RIGHT : LEFT;
  }
}
