/** Names of settings that are turned on together; what each of them sets has its file in the room settings-profiles. */
export const settingsProfileNames = ['production'] as const;

export type SettingsProfileName = (typeof settingsProfileNames)[number];
