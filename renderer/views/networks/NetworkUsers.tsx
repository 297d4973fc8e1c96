import { useState } from 'react';
import type { NetworkDetail, NetworkUserView } from '../../../main/contract/networks.ts';
import { Button } from '../../components/Button.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Section } from '../../components/Section.tsx';
import { strings } from '../../strings.ts';
import styles from './NetworkUsers.module.css';

type Attachment = NetworkUserView['attachments'][number];
const text = strings.detail;
const FIRST_SHOWN = 8;

/** Who uses a network, and with which interface and addresses. */
export function NetworkUsers({ detail }: { detail: NetworkDetail }) {
  const { users, userCount } = detail;
  const [isAllShown, setAllShown] = useState(false);
  const shown = isAllShown ? users : users.slice(0, FIRST_SHOWN);
  const more = userCount - users.length;
  if (users.length === 0) {
    return (
      <Section title={text.users}>
        <p className={styles.muted}>{text.noUsers}</p>
      </Section>
    );
  }
  return (
    <Section title={text.users}>
      <ul>
        {shown.map((user) => (
          <User
            key={`${user.kind}/${user.namespace}/${user.name}`}
            user={user}
            home={detail.network.namespace}
          />
        ))}
      </ul>
      {shown.length < users.length && (
        <Button look="quiet" className={styles.more} onPress={() => setAllShown(true)}>
          {text.showUsers(users.length)}
        </Button>
      )}
      {isAllShown && more > 0 && <p className={styles.muted}>{text.moreUsers(more)}</p>}
    </Section>
  );
}

function User({ user, home }: { user: NetworkUserView; home: string }) {
  const name = user.namespace === home ? user.name : `${user.namespace}/${user.name}`;
  return (
    <li className={styles.user}>
      <div className={styles.who}>
        <Foreign text={name} />
        <span className={styles.muted}>{strings.userKinds[user.kind]}</span>
      </div>
      {user.attachments.map((attachment, index) => (
        <AttachmentLine
          key={`${attachment.interface ?? ''}${index.toString()}`}
          isPod={user.kind === 'Pod'}
          attachment={attachment}
        />
      ))}
    </li>
  );
}

/** `net1  10.1.0.7  0a:58:…`, and what is not as it should be. Only pods are attached. */
function AttachmentLine({ isPod, attachment }: { isPod: boolean; attachment: Attachment }) {
  const { interface: name, ips, mac, isAsked, isAttached } = attachment;
  const facts = [name, ...ips, mac].filter((fact) => fact !== undefined && fact !== '');
  const remark = isPod && remarkOn(isAsked, isAttached);
  if (facts.length === 0 && !remark) return null;
  return (
    <div className={styles.attachment}>
      {facts.map((fact, index) => (
        <Foreign key={`${index.toString()}${fact}`} text={fact ?? ''} />
      ))}
      {remark && <span className={styles.remark}>{remark}</span>}
    </div>
  );
}

function remarkOn(isAsked: boolean, isAttached: boolean): string | undefined {
  if (!isAsked) return text.notAsked;
  return isAttached ? undefined : text.notAttached;
}
