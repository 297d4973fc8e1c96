import type { ReactNode } from 'react';
import { Menu } from '../../components/Menu.tsx';
import { strings } from '../../strings.ts';
import type { Format } from './network-export.ts';
import { FORMATS } from './network-export.ts';

const text = strings.networks;
const LABELS: Readonly<Record<Format, string>> = {
  yaml: text.exportYaml,
  json: text.exportJson,
  csv: text.exportCsv,
};

/** In which form networks are to be saved. */
export function ExportMenu(props: {
  /** Says how many. */
  label: string;
  isDisabled: boolean;
  saveAs: (format: Format) => void;
  children: ReactNode;
}) {
  const { label, isDisabled, saveAs, children } = props;
  return (
    <Menu
      label={label}
      look="quiet"
      isDisabled={isDisabled}
      items={FORMATS.map((format) => ({ label: LABELS[format], choose: () => saveAs(format) }))}
    >
      {children}
    </Menu>
  );
}
