// Before any schema is made.
import './bridge/jitless.ts';

import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { connectHost } from './bridge/host.ts';
import { createFeed } from './state/feed.ts';
import './styles/tokens.css';
import './styles/base.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element for the window.');

const host = connectHost();
const feed = createFeed(host.bridge);
// A connection that opens, at first or again, begins with a snapshot.
host.connection.subscribe(() => {
  if (host.connection.current().status === 'open') void feed.refresh();
});
if (host.connection.current().status === 'open') void feed.refresh();

createRoot(root).render(<App host={host} feed={feed} />);
