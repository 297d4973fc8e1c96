import { Empty } from '../../components/Empty.tsx';
import { strings } from '../../strings.ts';

/** Networks, what they ride on and who uses them, as a picture. */
export function MapView() {
  return <Empty title={strings.map.loading} />;
}
