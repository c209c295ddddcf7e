import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Accent, lightest to darkest. Mantine wants ten shades; components take theirs from tokens.css. */
const teal: MantineColorsTuple = [
  '#dcf0ed',
  '#b9e2dc',
  '#8cd3c9',
  '#58d3c4',
  '#3cc4b4',
  '#22a798',
  '#0f8f83',
  '#0b7a70',
  '#08665e',
  '#06514b',
];

/** The neutral scales of tokens.css, lightest to darkest, for the few parts that take Mantine's own greys. */
const dark: MantineColorsTuple = [
  '#e6ecf2',
  '#b6c2ce',
  '#8e9eae',
  '#6d7e90',
  '#33404e',
  '#27323e',
  '#1f2934',
  '#18202a',
  '#0f141a',
  '#0b0f14',
];
const gray: MantineColorsTuple = [
  '#fafbfc',
  '#f3f5f8',
  '#ebeff3',
  '#e2e7ed',
  '#d7dde5',
  '#c4ccd6',
  '#9aa6b3',
  '#768391',
  '#586573',
  '#3b4753',
];

/** Mantine under our own tokens: sizes and type here, every colour by `variablesResolver` from tokens.css. */
export const theme = createTheme({
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: {
    xs: 'var(--text-11)',
    sm: 'var(--text-12)',
    md: 'var(--text-13)',
    lg: 'var(--text-15)',
    xl: 'var(--text-20)',
  },
  defaultRadius: 4,
  cursorType: 'pointer',
  colors: { teal, dark, gray },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    Menu: {
      defaultProps: { shadow: 'none', transitionProps: { duration: 80 }, position: 'bottom-end', offset: 4 },
    },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { duration: 80 }, offset: 4 } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 80 }, withArrow: false } },
    Modal: {
      defaultProps: { transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.45 } },
    },
  },
});

const shared = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-default': 'var(--bg-control)',
  '--mantine-color-default-hover': 'var(--bg-hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-primary-color-light': 'var(--accent-bg)',
  '--mantine-primary-color-light-color': 'var(--accent-text)',
  '--mantine-color-gray-light-color': 'var(--text-2)',
  '--mantine-color-gray-light-hover': 'var(--bg-hover)',
  '--mantine-color-gray-text': 'var(--text-2)',
};

/** Points Mantine's own colour variables at ours, the same way in both schemes: tokens.css knows the scheme. */
export const variablesResolver: CSSVariablesResolver = () => ({
  variables: shared,
  light: shared,
  dark: shared,
});
