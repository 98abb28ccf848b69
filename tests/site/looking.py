"""What it takes to look at a site: a browser, and Node.js for the explorer."""

from __future__ import annotations

import shutil

import pytest

CHROMIUM = shutil.which("chromium")
NODE = shutil.which("node") and shutil.which("npm")

needs_node = pytest.mark.skipif(not NODE, reason="needs Node.js: apt-get install nodejs npm")
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and NODE), reason="needs a browser and Node.js: apt-get install chromium nodejs npm"
)
