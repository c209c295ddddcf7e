import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Node tests run in threads of a real Node 24; renderer tests run in jsdom. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          pool: 'forks',
          include: [
            'src-main/**/*.test.ts',
            'src-shared/**/*.test.ts',
            'rules/**/*.test.ts',
            'resources/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['src-renderer/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
