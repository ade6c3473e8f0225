# noqa: INP001 -- a script that a cluster runs by its name
r"""Assess a table of residents on a cluster: one row in, one row out.

Usage::

    spark-submit --py-files medcounter.zip assess_province.py \
        BUNDLE SHA256 IN.parquet OUT.parquet

``BUNDLE`` is the payload of a verified bundle (``medcounter bundle inspect``
names its hash), ``IN`` has the columns of ``medcounter.roster.arrow.FACTS``.
Every row of ``OUT`` carries the hash of the bundle that answered it. Says how
many residents a second and core were answered, reading and writing included.
"""

import sys
import time
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from medcounter.roster.arrow import ANSWERS, batch_function


def main(bundle: Path, sha256: str, source: str, destination: str) -> None:
    """Run the job."""
    spark = SparkSession.builder.appName("medcounter").getOrCreate()
    answer = batch_function(bundle.read_bytes(), sha256)
    residents = spark.read.parquet(source)
    answers = residents.mapInArrow(answer, from_arrow_schema(ANSWERS))
    begun = time.monotonic()
    answers.write.mode("errorifexists").parquet(destination)
    seconds, cores = time.monotonic() - begun, spark.sparkContext.defaultParallelism
    people = spark.read.parquet(destination).count()
    sys.stdout.write(f"{people / seconds / cores:.0f} residents a second and core\n")
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:5])
