export const map = {
  loading: 'Opening the map',
} as const;
