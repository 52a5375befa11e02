package facelake.job;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Spark installation without Delta and a standalone cluster of it on the loopback interface: a
 * master and workers of one core each, every one a JVM. Made of the jars that Maven has.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern MASTER_URL = Pattern.compile("spark://127\\.0\\.0\\.1:\\d+");
  private static final Pattern REGISTERED = Pattern.compile("Registering worker");

  /** What Spark's own script does: its launcher makes the command line of the driver. */
  private static final String SPARK_SUBMIT =
      """
      #!/usr/bin/env bash
      mapfile -d '' -t command < <(java -cp "$SPARK_HOME/jars/*" \\
        org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@")
      command=("${command[@]:1}")
      command[0]=${command[0]#$'\\n'}
      exec "${command[@]}"
      """;

  private final Path home;
  private final List<Process> processes = new ArrayList<>();
  private String url;

  private StandaloneCluster(Path home) {
    this.home = home;
  }

  /**
   * A cluster whose workers have all registered.
   *
   * @param home where the installation goes
   */
  static StandaloneCluster start(Path home, int workers) throws Exception {
    StandaloneCluster cluster = new StandaloneCluster(home);
    try {
      cluster.install();
      cluster.startMaster();
      for (int worker = 1; worker <= workers; worker++) {
        cluster.startWorker("worker-" + worker);
      }
      cluster.await("master", REGISTERED, workers);
      return cluster;
    } catch (Exception | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** What {@code --master} wants. */
  String url() {
    return url;
  }

  /** The variables that a user of this installation sets, tuned for tables of a few rows. */
  Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME",
        home.toString(),
        "SPARK_SCALA_VERSION",
        "2.13", // as Spark's scripts find it
        "SPARK_LOCAL_IP",
        "127.0.0.1",
        "JAVA_TOOL_OPTIONS",
        "-XX:TieredStopAtLevel=1", // for executors too, which get the environment of their worker
        "FACELAKE_JAVA_OPTIONS",
        "-Dspark.ui.enabled=false -Dspark.sql.shuffle.partitions=2"
            + " -Dspark.databricks.delta.snapshotPartitions=2"
            + " -Dspark.sql.codegen.wholeStage=false -Dspark.sql.codegen.factoryMode=NO_CODEGEN");
  }

  /** Kills one executor as {@code kill -9} does; its worker will be asked for another. */
  void killExecutor() {
    ProcessHandle executor =
        processes.stream().flatMap(Process::children).findFirst().orElseThrow();
    executor.destroyForcibly();
    executor.onExit().join();
  }

  /** Ends all JVMs, executors too. */
  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private void install() throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    String classpath = Files.readString(Path.of("target/spark-classpath.txt")).strip();
    for (String jar : classpath.split(File.pathSeparator)) {
      if (!jar.matches(".*/io/(delta|unitycatalog)/.*")) {
        Files.createSymbolicLink(jars.resolve(Path.of(jar).getFileName()), Path.of(jar));
      }
    }
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, SPARK_SUBMIT);
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void startMaster() throws Exception {
    start("master", "master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
    url = await("master", MASTER_URL, 1);
  }

  private void startWorker(String name) throws IOException {
    String work = home.resolve(name).toString();
    start(
        name,
        "worker.Worker",
        "--host",
        "127.0.0.1",
        "--webui-port",
        "0",
        "--cores",
        "1",
        "--memory",
        "1g",
        "--work-dir",
        work,
        url);
  }

  private void start(String name, String daemon, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("java", "@conf/jvm-options", "-Xmx256m", "-cp", home + "/jars/*"));
    line.add("org.apache.spark.deploy." + daemon);
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment());
    builder.redirectErrorStream(true).redirectOutput(log(name).toFile());
    processes.add(builder.start());
  }

  private Path log(String name) {
    return home.resolve(name + ".log");
  }

  /** Waits until a log says something so many times, and gives the last. */
  private String await(String name, Pattern pattern, int times) throws Exception {
    for (Instant start = Instant.now(); ; Thread.sleep(50)) {
      String said = Files.readString(log(name));
      Matcher matcher = pattern.matcher(said);
      String found = null;
      int count = 0;
      while (matcher.find()) {
        found = matcher.group();
        count++;
      }
      if (count >= times) {
        return found;
      }
      if (Duration.between(start, Instant.now()).compareTo(PATIENCE) > 0) {
        throw new IllegalStateException("no '" + pattern + "' in " + name + "'s log: " + said);
      }
    }
  }
}
