/** The in-memory API server as a process of its own: tells its parent its address, and ends with it. */
import { startApiServer } from '../../main/demo/api-server/server.ts';

process.on('disconnect', () => process.exit());
const server = await startApiServer();
process.send?.(server.url);
