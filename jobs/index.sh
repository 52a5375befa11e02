#!/usr/bin/env bash
# An example to copy: index a photo collection on a cluster with spark-submit.
#
#   jobs/facelake models fetch
#   SPARK_HOME=/opt/spark MASTER=spark://head:7077 LAKE=s3a://bucket/lake \
#     jobs/index.sh holidays s3a://bucket/photos/holidays
#
# On one machine, or for the defaults of jobs/facelake, none of this is needed:
#   jobs/facelake index --input PHOTOS --dataset NAME --lake DIR
set -euo pipefail

dataset=${1:?usage: jobs/index.sh DATASET INPUT...}
shift
(($#)) || { echo "usage: jobs/index.sh DATASET INPUT..." >&2; exit 2; }

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
flags=$(sed 's/#.*//' "$home/conf/jvm-options" | xargs)

# Where Spark runs, and the folder or object store that holds the tables. Executors read the photos
# and write the tables themselves, so that both must be reachable from all of them. The models are
# read here, on the driver, where `jobs/facelake models fetch` has put them, and travel by broadcast.
: "${SPARK_HOME:?the Spark installation to submit with}"
: "${MASTER:?where Spark runs, such as spark://head:7077, yarn or k8s://...}"
: "${LAKE:?the folder for the tables, such as s3a://bucket/lake or hdfs:///lake}"

arguments=(--master "$MASTER")

# The driver plans and keeps the books; the models pass through it.
arguments+=(--driver-memory 4g)

# One task a core, one native thread a task. Several cores share one copy of the models.
arguments+=(--executor-cores 8 --conf spark.task.cpus=1)

# The heap holds rows. Models, decoded photos and network buffers are native memory: about 0.5 GiB
# for the models and 0.5 GiB a core. A container is killed when it has too little of this.
arguments+=(--executor-memory 4g --conf spark.executor.memoryOverhead=5g)

# Photos differ in cost. Another attempt at a slow task would only do the work twice.
arguments+=(--conf spark.speculation=false)

# An image that crashes native code takes executors with it until it is found: three for each image. `index` lets
# tasks fail often enough; YARN and Kubernetes also count executors.
arguments+=(--conf spark.executor.maxNumFailures=40)

# Settings of every facelake job, and Delta; leave --packages out where Spark has Delta's jars.
arguments+=(--properties-file "$home/conf/spark-defaults.conf" --load-spark-defaults)
arguments+=(--packages io.delta:delta-spark_4.0_2.13:4.4.0)

# JVM flags of every facelake process.
arguments+=(--driver-java-options "$flags -Dfacelake.home=$home")
arguments+=(--conf "spark.executor.extraJavaOptions=$flags")

inputs=()
for input; do
  inputs+=(--input "$input")
done

exec "$SPARK_HOME/bin/spark-submit" "${arguments[@]}" \
  --name "facelake index $dataset" --class facelake.cli.Main "$home/target/facelake.jar" \
  index --dataset "$dataset" --lake "$LAKE" "${inputs[@]}"
