"""How fast the kit is, beside what most notebooks do. Timed on the machine it runs on.

    python3 kit.py test --collect-only -q   # once: installs what the benchmark shares with the tests
    .venv/bin/python -m bench               # all of it, some ten minutes; writes bench/RESULTS.md
    .venv/bin/python -m bench clicks        # one part (the names stand in __main__.py); writes nothing

It needs Chromium and a machine that does nothing else. The ways are timed in one run, in turns, so that
what slows the one slows the other: trust the ratios, and the milliseconds only of a quiet machine.

- **plain** is `plain_notebook.py`: `interact`, a new pyplot figure at every click, the same matrix.
- **ours** is one line: `srm.explore(...)`, `srm.what_if(...)` or, to its first view alone, `srm.bet(...)`.
- **floor** is a page where the browser itself changes one word: no notebook can be faster on that machine.
  A target below the floor says something of the machine or the ruler, not of the kit.

What is timed, by `meter.js` inside the page:

- *click to drawn*: from the browser's time stamp of a real mouse click to the moment that the frame with
  the last change of the picture is laid out and painted.
- *click to next frame*: until the frame after that begins (two `requestAnimationFrame`), by when a 60 Hz
  screen surely shows it. It goes in steps of 16.7 ms.
- *thirty clicks in three seconds*: how long after the last click the right picture stands, and the
  longest time that the page showed another state than the one asked for last.
- *Run all to first view*: in a fresh, idle kernel, imports included, until control and picture are painted.

A class, by `classes.py`: ten kernels at once run lesson 2 whole, in this checkout and in that of the commit
before the rooms, in turns. Counted are milliseconds of processor and megabytes a learner; beside them
stands a kernel in which nothing runs, below which no lesson can come.

A class on a real JupyterHub has a file of its own, `hub.py`: ``python -m bench.hub``.

And without a browser: all figures of the matrix as SVG, PNG and PDF against bare `savefig` of the same
figures; whole processes that import the package; and one move in a workload of 50, 500 and 5,000
components with its new view, against a loop over all duties: three sizes in one run say how the cost
grows. Nothing here is a test: a time is no assertion.
"""
