// sheet is a spreadsheet as they come: a line above the headings, headings of
// its own making, and every 24th row with a place and a number that are none.
export function sheet(rows, word = 'nummer', organisation = 'Eksempel Sag og Høvleri AS', municipality = '5022') {
  const lines = ['Liste fra vårt møte;;;;', 'Bedriftsnavn;Hva trenger dere?;Kommunenr;Ant. pers;Nivå'];
  for (let i = 1; i <= rows; i++) {
    const bad = i % 24 === 0;
    lines.push(`${organisation};Vi trenger noen som kan kjøre høvel ${word} ${i};${bad ? 'Atlantis' : municipality};${bad ? 'mange' : (i % 5) + 1};fagbrev`);
  }
  return Buffer.from('\ufeff' + lines.join('\r\n'), 'utf8');
}
