// Times inside the page, where the learner's eye is. Put into every page of the benchmark.
//
// Two times a frame: `drawn`, when the page has laid it out and painted it, and `next`, when the frame after
// it begins (two requestAnimationFrame), by when a 60 Hz screen surely shows it. What counts as a change of
// the picture: nodes that come or go and an image that finishes loading. Attributes do not: some 50 ms after
// an output JupyterLab resets a height that nobody sees, and to wait for that would be unfair to `plain`.
window.meter = {
  // `picture`: selector of what shows the state, `control`: selector of what is clicked.
  setUp(picture, control) {
    Object.assign(this, { picture, control });
  },

  pause: (ms) => new Promise((done) => setTimeout(done, ms)),

  // The state on the page: the caption of a table, the data of an image. Empty while there is none.
  shown() {
    const found = document.querySelector(this.picture);
    if (!found) return "";
    return found instanceof HTMLImageElement ? (found.naturalWidth ? found.src : "") : found.textContent;
  },

  // Call `painted(drawn, next, state)` for every frame with a change in it. Returns what ends the watch.
  watch(painted) {
    const changed = () =>
      requestAnimationFrame(() => {
        const state = this.shown();
        let drawn;
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => (drawn = performance.now());
        port2.postMessage(0); // heard right after this frame is drawn
        requestAnimationFrame(() => {
          const next = performance.now();
          painted(drawn ?? next, next, state);
        });
      });
    const observer = new MutationObserver(changed);
    const notebook = document.querySelector(".jp-Notebook");
    observer.observe(notebook, { subtree: true, childList: true, characterData: true });
    notebook.addEventListener("load", changed, true);
    return () => {
      observer.disconnect();
      notebook.removeEventListener("load", changed, true);
    };
  },

  // Wait until nothing has changed for `quiet` ms and the kernel has nothing to do.
  async settle(quiet) {
    let last = performance.now();
    const end = this.watch((drawn) => (last = drawn));
    const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    while (performance.now() - last < quiet || kernel.status !== "idle") await this.pause(20);
    end();
  },

  // Before a click from outside: `clicked` becomes [ms until the last change was drawn, until the frame after that, the state].
  arm(quiet) {
    this.clicked = new Promise((done) => {
      let click, last;
      // The time stamp is that of the event itself: a busy page that hears it late is not excused.
      const hear = (event) => (click = event.timeStamp);
      window.addEventListener("click", hear, { capture: true, once: true });
      const before = this.shown();
      const end = this.watch((drawn, next, state) => (last = { drawn, next, state }));
      const look = setInterval(() => {
        if (!last?.state || last.state === before || performance.now() - last.drawn < quiet) return;
        clearInterval(look);
        end();
        done([last.drawn - click, last.next - click, last.state]);
      }, 20);
    });
  },

  // Clicks `every` ms apart, round the options. `states` are what the page shows for each.
  // The page is behind from a click until a frame shows what was asked last.
  async burst(states, clicks, every) {
    let asked, behindSince, lastPaint, worst = 0;
    const end = this.watch((drawn, next, state) => {
      lastPaint = drawn;
      if (state === asked && behindSince !== undefined) {
        worst = Math.max(worst, drawn - behindSince);
        behindSince = undefined;
      }
    });
    const controls = document.querySelectorAll(this.control);
    const start = performance.now() + 100;
    let due;
    for (let i = 0; i < clicks; i++) {
      due = start + i * every;
      await this.pause(due - performance.now());
      asked = states[i % states.length];
      behindSince ??= due; // when it should have been, not when a busy page got round to it
      controls[i % states.length].click();
    }
    await this.settle(1500);
    end();
    return { lag: lastPaint - due, worst, right: behindSince === undefined };
  },

  // A fresh kernel with nothing on the page.
  async restart() {
    const { sessionContext } = jupyterapp.shell.currentWidget;
    await jupyterapp.commands.execute("notebook:clear-all-cell-outputs");
    await sessionContext.session.kernel.restart();
    await sessionContext.session.kernel.info;
    await this.settle(1500);
  },

  // "Run all" to the first frame that holds both the control and the picture.
  runAll() {
    return new Promise((done) => {
      const start = performance.now();
      const end = this.watch((drawn, next, state) => {
        if (!state || !document.querySelector(this.control)) return;
        end();
        done(drawn - start);
      });
      jupyterapp.commands.execute("notebook:run-all-cells");
    });
  },
};
