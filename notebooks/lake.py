"""The tables of a lake as pandas frames, for the notebooks beside this file.

Each query starts `jobs/facelake sql` (some ten seconds), which reads a lake on any file system and needs
nothing but facelake. Where pyspark or deltalake are installed they read the same tables faster:

    spark.read.format("delta").load("LAKE/faces").toPandas()
    deltalake.DeltaTable("LAKE/faces").to_pandas(columns=["face_id", "size"])
"""

import io
import json
import os
import pathlib
import subprocess

import matplotlib.image
import matplotlib.pyplot as plt
import pandas as pd

HOME = pathlib.Path(__file__).resolve().parent.parent
FACELAKE = HOME / "jobs" / "facelake"


def facelake(*arguments):
    """Runs a command of facelake and returns what it prints; says in its words what went wrong."""
    run = subprocess.run(
        [str(FACELAKE), *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        raise RuntimeError(run.stderr.strip().splitlines()[-1] if run.stderr.strip() else "facelake failed")
    return run.stdout


class Lake:
    """The folder of a lake, and the site that `jobs/facelake review` made of it, if there is one."""

    def __init__(self, folder=None, review=None):
        self.folder = folder or os.environ.get("FACELAKE_LAKE") or HOME / "target" / "quickstart"
        site = review or os.environ.get("FACELAKE_REVIEW") or f"{self.folder}-review"
        self.site = pathlib.Path(str(site))

    def sql(self, query):
        """The rows of a query."""
        printed = facelake("sql", query, "--lake", self.folder, "--format", "json")
        return pd.DataFrame([json.loads(line) for line in io.StringIO(printed)])

    def show(self, face_ids, titles=None, columns=8):
        """Draws faces beside each other, as far as the review site has their pictures."""
        face_ids = list(face_ids)
        rows = max(1, -(-len(face_ids) // columns))
        figure, axes = plt.subplots(rows, columns, figsize=(1.3 * columns, 1.5 * rows), squeeze=False)
        for axis in axes.flat:
            axis.axis("off")
        without = 0
        for index, (axis, face) in enumerate(zip(axes.flat, face_ids)):
            pictures = sorted(self.site.glob(f"pictures-*/faces/{face[:2]}/{face}.jpg"))
            if pictures:
                axis.imshow(matplotlib.image.imread(pictures[0]))
            else:
                without += 1
            if titles is not None:
                axis.set_title(titles[index], fontsize=8)
        figure.tight_layout()
        if without:
            print(f"{without} of {len(face_ids)} faces have no picture in {self.site}; jobs/facelake review cuts them")
        return figure
