/** Loaded into NetKeeper's process: answers each message from the parent with the memory in use after a collection. */
process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});
// The probe alone must not keep the process alive.
process.channel?.unref();
