// Package cost works out what it costs an employer to let people take a
// programme: on campus, with gatherings, and at the workplace, beside each
// other and line by line, so that every line can be read, checked and doubted.
// It belongs to the room supply (LOP-11).
//
// Words: kostnad = cost, sats = rate, antakelse = assumption, tur = trip,
// samling = gathering, tapt arbeidstid = lost hours, mangler = lack.
//
// Rules:
//   - A number that the employer has not written himself is a rate with its
//     source and the day somebody last checked it. A rate that is missing is
//     never guessed: the line is left out of the sum and named.
//   - Roads are longer than the air: kilometres by road are those by air times a
//     factor, rounded to whole kilometres, and the page says that it is an
//     assumption.
//   - One way as long as the limit of a day's trip, and more, is slept away from
//     home: a night before and one between two days. Nearer, one drives each day.
//   - Only workdays are lost; a gathering without a day is taken for workdays,
//     and none are lost where the teaching is in the evening or at weekends.
//   - All is in whole øre; a line is rounded once, at its end.
//   - A rate is never changed: a new value is a new row from a day. Anyone may
//     read rates; a case_officer writes them.
//
// Tables: cost_rate.
package cost
