package facelake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import facelake.dlib.Landmarks;
import org.junit.jupiter.api.Test;

class PoseTest {
  /** Eyes 100 apart, their centres at the height of 100; the nose's base below the middle. */
  private static final int[] FRONTAL = {170, 100, 130, 100, 30, 100, 70, 100, 100, 160};

  @Test
  void frontalFaceIsStraight() {
    Pose pose = Pose.of(new Landmarks(FRONTAL));
    assertThat(pose.roll()).isZero();
    assertThat(pose.yaw()).isZero();
  }

  @Test
  void turningThePictureIsRollAndNoYaw() {
    int[] turned = new int[10];
    for (int part = 0; part < 5; part++) {
      turned[2 * part] = -FRONTAL[2 * part + 1]; // a quarter turn clockwise, y down
      turned[2 * part + 1] = FRONTAL[2 * part];
    }
    Pose pose = Pose.of(new Landmarks(turned));
    assertThat(pose.roll()).isCloseTo(90, within(1e-4f));
    assertThat(pose.yaw()).isCloseTo(0, within(1e-4f));
  }

  @Test
  void noseAsideIsYawByItsDepth() {
    int[] aside = FRONTAL.clone();
    aside[8] += 40; // 0.4 of the eye distance, as far as the nose stands out: 45 degrees
    assertThat(Pose.of(new Landmarks(aside)).yaw()).isCloseTo(45, within(1e-4f));
    aside[8] -= 80;
    assertThat(Pose.of(new Landmarks(aside)).yaw()).isCloseTo(-45, within(1e-4f));
  }

  @Test
  void sixtyEightLandmarksMeanTheSame() {
    int[] all = new int[136];
    for (int part = 36; part < 42; part++) {
      all[2 * part] = 50;
      all[2 * part + 1] = 100;
      all[2 * (part + 6)] = 150;
      all[2 * (part + 6) + 1] = 100;
    }
    all[66] = 140;
    all[67] = 150;
    assertThat(Pose.of(new Landmarks(all)).yaw()).isCloseTo(45, within(1e-4f));
  }

  @Test
  void landmarksOnOnePointHaveNoPose() {
    assertThat(Pose.of(new Landmarks(new int[10]))).isEqualTo(new Pose(0, 0));
  }
}
