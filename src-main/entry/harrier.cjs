#!/usr/bin/env node
'use strict';
// The command's first step, in old JavaScript on purpose: on a Node that cannot run Harrier it must still
// be able to say so. The number is package.json's "engines".
var NEEDED = 24;
var running = Number(process.versions.node.split('.')[0]);
if (running < NEEDED) {
  process.stderr.write(
    'harrier needs Node ' +
      NEEDED +
      ' or newer; this is Node ' +
      process.versions.node +
      ' (' +
      process.execPath +
      ').\n' +
      'Inside the project, run it as "npx harrier": the project brings the right Node with it.\n',
  );
  process.exit(2);
}
var path = require('path');
var fs = require('fs');
var url = require('url');
var bundled = path.join(__dirname, '..', '..', 'dist', 'main', 'cli.js');
var source = path.join(__dirname, 'cli.ts');
// Tests set HARRIER_FROM_SOURCES, so that they never judge a bundle that an earlier build left behind.
var built = fs.existsSync(bundled) && !process.env.HARRIER_FROM_SOURCES;
import(url.pathToFileURL(built ? bundled : source).href);
