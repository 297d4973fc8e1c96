import { TreeItemContent } from 'react-aria-components/Tree';
import { Button } from '../../components/Button.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useCopy } from '../../components/useCopy.ts';
import { spellOut } from '../../format.ts';
import { strings } from '../../strings.ts';
import type { ShownRow } from './tree-rows.ts';
import { factsOf, PAGE_ROWS } from './tree-rows.ts';
import styles from './UserRow.module.css';
import type { Attachment, UserNode } from './user-tree.ts';
import { isWorkload } from './user-tree.ts';

const text = strings.detail;
const KIND_WORDS: ReadonlyMap<string, string> = new Map(Object.entries(strings.userKinds));

/** What one row of the tree of users shows. */
export function RowContent({ row: { row, isExpanded, below }, home }: { row: ShownRow; home: string }) {
  return (
    <TreeItemContent>
      <div className={styles.row}>
        {below.length > 0 ? (
          <Button slot="chevron" look="quiet" className={styles.chevron}>
            <Icon shape={isExpanded ? 'chevron' : 'chevronRight'} tone="muted" />
          </Button>
        ) : (
          <span className={styles.chevron} />
        )}
        <What row={row} home={home} isExpanded={isExpanded} />
      </div>
    </TreeItemContent>
  );
}

function What({ row, home, isExpanded }: { row: ShownRow['row']; home: string; isExpanded: boolean }) {
  if ('user' in row) return <User user={row.user} home={home} isExpanded={isExpanded} />;
  if ('more' in row) return <span className={styles.more}>{moreWords(row.more)}</span>;
  return <AttachmentFacts attachment={row.attachment} isPod={row.isPod} />;
}

/** What a screen reader says of a row, and what typing leads to. */
export function nameOfRow(row: ShownRow['row'], home: string): string {
  if ('user' in row) return spellOut(`${nameOf(row.user, home)}, ${kindOf(row.user.kind)}`);
  if ('more' in row) return moreWords(row.more);
  const remark = remarkOn(row.attachment, row.isPod);
  return spellOut([...factsOf(row.attachment), ...(remark === undefined ? [] : [remark.words])].join(', '));
}

function moreWords(more: number): string {
  return text.showMore(more, Math.min(more, PAGE_ROWS));
}

function User({ user, home, isExpanded }: { user: UserNode; home: string; isExpanded: boolean }) {
  return (
    <>
      <Foreign className={styles.name} text={nameOf(user, home)} />
      {isWorkload(user) ? (
        <span className={styles.aside}>
          <Foreign text={kindOf(user.kind)} />
          {` · ${user.pods.length > 0 ? text.pods(user.pods.length) : text.noPods}`}
        </span>
      ) : (
        !isExpanded && <AtAGlance attachments={user.attachments} />
      )}
    </>
  );
}

/** Of a closed pod: its first address, and whether something is not as it should be. */
function AtAGlance({ attachments }: { attachments: readonly Attachment[] }) {
  const address = attachments.flatMap(({ ips }) => ips)[0];
  const remark = attachments.map((one) => remarkOn(one, true)).find((one) => one?.isAmiss);
  return (
    <span className={styles.aside}>
      {address !== undefined && <Foreign className={styles.address} text={address} />}
      {remark !== undefined && (
        <span title={remark.words}>
          <Icon shape="warning" tone="amber" />
          <span className="visually-hidden">{remark.words}</span>
        </span>
      )}
    </span>
  );
}

/** `net1  10.1.0.7  0a:58:…`, and what is not as it should be. */
function AttachmentFacts({ attachment, isPod }: { attachment: Attachment; isPod: boolean }) {
  const { interface: name, ips, mac } = attachment;
  const remark = remarkOn(attachment, isPod);
  const addresses = mac === undefined || mac === '' ? ips : [...ips, mac];
  return (
    <span className={styles.facts}>
      {name !== undefined && name !== '' && <Foreign className={styles.interface} text={name} />}
      {addresses.map((address, index) => (
        <Address key={`${index.toString()}${address}`} text={address} />
      ))}
      {remark !== undefined && (
        <span className={styles.remark}>
          {remark.isAmiss && <Icon shape="warning" tone="amber" />}
          {remark.words}
        </span>
      )}
    </span>
  );
}

/** An address that copies itself. */
function Address({ text: address }: { text: string }) {
  const [isCopied, copy] = useCopy();
  const shown = spellOut(address);
  return (
    <Button
      look="quiet"
      className={styles.copied}
      aria-label={isCopied ? text.copiedOf(shown) : text.copyOf(shown)}
      onPress={() => copy(address)}
    >
      <Foreign text={address} />
      <span className={isCopied ? styles.done : styles.offer}>
        <Icon shape={isCopied ? 'check' : 'copy'} tone={isCopied ? 'accent' : 'muted'} />
      </span>
    </Button>
  );
}

interface Remark {
  readonly words: string;
  /** Not as it should be. */
  readonly isAmiss: boolean;
}

/** What is to be said besides interface and addresses. */
function remarkOn(attachment: Attachment, isPod: boolean): Remark | undefined {
  const { isAsked, isAttached } = attachment;
  if (!isPod) return { words: text.asked, isAmiss: false };
  if (!isAsked) return { words: text.notAsked, isAmiss: true };
  if (!isAttached) return { words: text.notAttached, isAmiss: true };
  return factsOf(attachment).length === 0 ? { words: text.attached, isAmiss: false } : undefined;
}

function nameOf({ namespace, name }: UserNode, home: string): string {
  return namespace === home ? name : `${namespace}/${name}`;
}

/** Pods may be made by what we have no word for. */
function kindOf(kind: string): string {
  return KIND_WORDS.get(kind) ?? kind;
}
