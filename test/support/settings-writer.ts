/** Writes settings over and over, and tells on stdout which are on disk. Started, and killed, by a test. */
import { writeSync } from 'node:fs';
import Conf from 'conf';
import { systemClock } from '../../main/cluster/clock.ts';
import { createSettingsStore } from '../../main/store/settings.ts';

const [, , directory = ''] = process.argv;
const notice = (message: string) => writeSync(2, message);
const store = createSettingsStore(Conf, { directory, clock: systemClock, notice });
/** Makes the file large enough for a write of it to be interrupted. */
const order = Array.from({ length: 20_000 }, (_, index) => `/home/somebody/.kube/config#context-${index}`);
for (let count = store.get().order.length; ; count += 1) {
  store.set({ ...store.get(), order: order.slice(0, 10_000 + (count % 10_000)) });
  writeSync(1, `${store.get().order.length}\n`);
}
