/**
 * The least that a page can do with the contract, to compare the window with: the rows in view as plain elements,
 * sorted once, their texts set anew with each update and each scroll. No checks, no frame, no library.
 */
const ROW_PX = 28;
const VIEW_PX = 640;
const SHOWN = Math.ceil(VIEW_PX / ROW_PX) + 1;
const CELLS = ['state', 'context', 'summary', 'pods', 'workloads', 'managedBy'];

const networks = new Map();
let keys = [];
let first = 0;

const scroller = document.body.appendChild(document.createElement('div'));
Object.assign(scroller.style, { height: `${VIEW_PX}px`, overflow: 'auto', position: 'relative' });
const grid = scroller.appendChild(document.createElement('div'));
grid.role = 'grid';
scroller.addEventListener('scroll', () => {
  first = Math.floor(scroller.scrollTop / ROW_PX);
  draw();
});

const socket = await openSocket();
socket.addEventListener('message', ({ data }) => take(JSON.parse(data)));
socket.addEventListener('open', () => ask('snapshot', {}));

async function openSocket() {
  const body = JSON.stringify({ token: location.hash.slice(1) });
  await fetch('/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  return new WebSocket(`ws://${location.host}/socket`);
}

function ask(name, args) {
  socket.send(JSON.stringify({ id: name === 'snapshot' ? 1 : 2, name, args }));
}

function take(frame) {
  if (frame.id === 1) return begin(frame.reply.value);
  if (frame.id === 2) return showDetail(frame.reply.value);
  for (const network of frame.event.update.networks ?? []) networks.set(keyOf(network), network);
  draw();
}

function begin(snapshot) {
  for (const network of snapshot.networks) networks.set(keyOf(network), network);
  keys = [...networks.keys()].sort();
  grid.setAttribute('aria-rowcount', keys.length);
  grid.style.height = `${keys.length * ROW_PX}px`;
  for (let index = 0; index < SHOWN; index += 1) grid.append(makeRow());
  draw();
}

function makeRow() {
  const row = document.createElement('div');
  row.role = 'row';
  Object.assign(row.style, { position: 'absolute', height: `${ROW_PX}px`, display: 'flex', gap: '8px' });
  row.append(document.createElement('span'), ...CELLS.map(() => document.createElement('span')));
  row.firstChild.role = 'rowheader';
  row.addEventListener('click', () => {
    const { context, namespace, name } = networks.get(row.dataset.key);
    ask('networkDetail', { context, namespace, name });
  });
  return row;
}

function draw() {
  for (const [offset, row] of [...grid.children].entries()) {
    const index = Math.min(first, keys.length - SHOWN) + offset;
    const network = networks.get(keys[index]);
    row.dataset.key = keys[index];
    row.ariaRowIndex = index + 1;
    row.style.transform = `translateY(${index * ROW_PX}px)`;
    const texts = [
      `${network.namespace}/${network.name}`,
      ...CELLS.map((cell) => String(network[cell] ?? '')),
    ];
    for (const [column, text] of texts.entries()) {
      const cell = row.children[column];
      if (cell.textContent !== text) cell.textContent = text;
    }
  }
}

function showDetail({ network, users }) {
  const panel = document.body.appendChild(document.createElement('aside'));
  panel.append(document.createElement('h2'), ...users.map(() => document.createElement('p')));
  panel.firstChild.textContent = network.name;
  for (const [index, { name }] of users.entries()) panel.children[index + 1].textContent = name;
}

function keyOf({ context, namespace, name }) {
  return `${namespace}\0${name}\0${context}`;
}
