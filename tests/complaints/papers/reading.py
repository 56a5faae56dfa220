"""What somebody reads in a PDF, and what a program finds in it."""

import io
import subprocess

import pikepdf


def told(pdf: bytes, *pages: int) -> str:
    """As it is read out, on one line. `pages`: the first and the last."""
    span = ["-f", str(pages[0]), "-l", str(pages[-1])] if pages else []
    made = subprocess.run(["pdftotext", "-raw", *span, "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(made.stdout.decode().split())


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))
