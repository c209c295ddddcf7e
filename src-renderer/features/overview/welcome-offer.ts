import { create } from 'zustand';

/** Whether the welcome screen was shown since the page opened: an empty store offers it once, never again. */
export const useWelcomeOffer = create(() => ({ wasMade: false }));
