// Package offer says what a programme and an offering are, and computes what
// readers ask about them. It is pure: no database, no clock, no permissions.
//
//   - Check: what may be written, with a fault at each wrong field.
//   - StatusOn: whether one can apply on a day, and the day that changes.
//   - EarliestStart: the first day one can start, with what moves it.
//   - Judge: whether it can be taken at the workplace, criterion by criterion.
//   - Travel: how far a reader must go to the gatherings.
//   - Adaptation: what was changed from the programme it was made from.
//   - LoadTSV: the files that the command match reads.
//
// All of it belongs to the room supply; see there for words and rules.
package offer
