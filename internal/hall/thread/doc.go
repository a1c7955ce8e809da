// Package thread is the red thread: from any thing back to what it came from, and on to
// what came of it. It also keeps what shows that a need is met (BEH-13).
//
// The thread is read from what the rooms store of one another; nothing is copied. A step
// joins two things; the thread of a thing is what its steps lead back to and what they
// lead on to. Each reader sees the things that he may know of, and those beyond one that
// he may not.
//
// A need is called covered when it is shown: people have completed the education, somebody
// is hired, a measure is in use, or those who have it say so. When what is recorded is
// enough for all the persons that the need is for, the need is moved to covered by itself,
// and its owner is asked to check. What does not hold any more is undone; the need is not
// moved back by that.
//
// Words: rød tråd = thread, steg = step, belegg for at behovet er dekket = evidence.
//
// Tables: need_evidence.
package thread
