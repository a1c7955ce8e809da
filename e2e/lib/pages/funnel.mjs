// How far needs come.

export const fixed = [['', '/resultater'], ['', '/resultater?region=trondelag-sor'], ['', '/resultater?level=kurs']];

export const followed = [];

export const made = [];
