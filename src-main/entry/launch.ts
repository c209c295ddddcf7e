import { launch } from '../app/launch/launch.ts';

/** What `npm start` runs. */
process.exitCode = await launch(process.argv.slice(2));
