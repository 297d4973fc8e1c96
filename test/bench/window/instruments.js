/**
 * What measures inside a page, run there before the page's own scripts. It finds things by their role, so that it
 * serves the window and the floor alike. Times are in ms of performance.now(), but for those that say otherwise.
 */
(() => {
  const ROW_HEADER = ':is(th[scope=row], [role=rowheader])';
  /** The one of the networks; the contexts are a grid too. */
  const GRID = `[role=grid]:has(${ROW_HEADER})`;
  const ROW = `${GRID} :is(tr, [role=row]):has(${ROW_HEADER})`;
  const HEADING = ':is(h1, h2, h3, [role=heading])';
  /** The shortest message that can be the snapshot. */
  const SNAPSHOT_LENGTH = 200_000;

  let snapshotAt;
  let longTasks = [];
  let since = 0;
  let frames = [];
  let isWatchingFrames = false;
  /** Of probe N at N: when the frame that shows it was over, in ms since the epoch. */
  const probes = [];

  window.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      // Added first, called first.
      this.addEventListener('message', ({ data }) => {
        if (data.length > SNAPSHOT_LENGTH) snapshotAt ??= performance.now();
      });
    }
  };

  const longTaskObserver = new PerformanceObserver((list) => longTasks.push(...list.getEntries()));
  longTaskObserver.observe({ type: 'longtask', buffered: true });

  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  /** Resolves when a frame with all that is there now is out of this thread's hands. */
  const painted = async () => {
    await nextFrame();
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  };

  const onMutation = (listener) => {
    const observer = new MutationObserver(listener);
    observer.observe(document, { childList: true, characterData: true, subtree: true });
    return observer;
  };

  /** Waits until `look` finds something. */
  const find = (look) =>
    new Promise((resolve) => {
      const there = look();
      if (there) return resolve(there);
      const observer = onMutation(() => {
        const found = look();
        if (!found) return;
        observer.disconnect();
        resolve(found);
      });
    });

  const watchProbes = () => {
    let shown = 0;
    onMutation(async () => {
      const number = Number(/probe (\d+)\./.exec(document.querySelector(GRID)?.textContent ?? '')?.[1] ?? 0);
      if (number <= shown) return;
      const from = shown + 1;
      shown = number;
      await painted();
      // One that was overtaken by the next is shown with it.
      probes.fill(performance.timeOrigin + performance.now(), from, number + 1);
    });
  };

  const watchFrames = async () => {
    let before = await nextFrame();
    while (isWatchingFrames) {
      const now = await nextFrame();
      frames.push(now - before);
      before = now;
    }
  };

  /** What scrolls the rows: around the grid, the grid itself, or in it. */
  const scroller = () => {
    const grid = document.querySelector(GRID);
    const around = [];
    for (let one = grid; one !== null; one = one.parentElement) around.push(one);
    return [...around, ...grid.querySelectorAll('*')].find(
      (one) => one.scrollHeight > 2 * one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY),
    );
  };

  window.bench = {
    /** How long after the snapshot's arrival rows were painted, and where in the page the first one is. */
    async rows() {
      await find(() => document.querySelector(ROW));
      await nextFrame();
      await nextFrame();
      const paintedMs = performance.now() - snapshotAt;
      const { x, y, height } = document.querySelector(`${ROW} ${ROW_HEADER}`).getBoundingClientRect();
      return { paintedMs, x: x + 10, y: y + height / 2 };
    },

    /** How long after the snapshot's arrival the details of a network were painted. */
    async details(name) {
      await find(() =>
        [...document.querySelectorAll(HEADING)].some(
          (one) => one.closest(GRID) === null && one.textContent.includes(name),
        ),
      );
      await painted();
      return performance.now() - snapshotAt;
    },

    /** Times probes from now on; there must be room for as many. */
    watchProbes(count) {
      probes.length = count + 1;
      watchProbes();
    },

    // Those that were not shown yet are holes.
    probes: () => Array.from(probes, (time) => time ?? null).slice(1),

    /** Begins to watch for stalls. */
    begin() {
      since = performance.now();
      longTasks = [];
      frames = [];
      isWatchingFrames = true;
      void watchFrames();
    },

    /** What stalled the page since `begin`. */
    async end() {
      await painted();
      isWatchingFrames = false;
      longTasks.push(...longTaskObserver.takeRecords());
      const durations = longTasks
        .filter(({ startTime }) => startTime >= since)
        .map(({ duration }) => duration);
      return { longTasks: durations, longestFrameMs: Math.max(0, ...frames) };
    },

    /** Scrolls through all rows, nearly a page with each frame; gives the number of the last row, counted from one. */
    async scroll() {
      const element = scroller();
      const step = Math.floor(element.clientHeight * 0.8);
      for (let top = 0; top < element.scrollHeight; top += step) {
        element.scrollTop = top;
        await nextFrame();
      }
      await painted();
      const last = [...document.querySelectorAll(ROW)].map((row) => Number(row.ariaRowIndex));
      element.scrollTop = 0;
      await painted();
      return Math.max(...last);
    },

    rowCount: () => Number(document.querySelector(GRID).getAttribute('aria-rowcount')),
  };
})();
