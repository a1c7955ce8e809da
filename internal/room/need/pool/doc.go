// Package pool holds pooled needs: needs of several organisations that are
// followed as one (BEH-10).
//
// A pooled need has its own number (F-2026-0007), state and ball. Each of its
// needs keeps its page, its owner and its follow link, stands in the state
// merged, and shows every step the pool makes as its own. Leaving the pool, or
// dissolving it by withdrawing, gives a need back the state it came from.
//
// Those who map needs and the forum's secretary may make a pool of needs they
// see. Its coordinator, the secretary and the county look after it; an owner
// may always take his need out. An office limited to an area counts for a pool
// as soon as one of its needs lies there, and opens no more of the others; a
// pool that nothing is left in stays with those that had it.
//
// A pooled need is open to read. Its sums are not always: see Figures and the
// package demand. Who may open all its needs gets the sums; everybody else
// what was published in the fixed tables, "1–2", or nothing.
//
// Words: felles behov = pooled need, inngår i = member of, slått sammen =
// merged.
//
// Tables: need_pool, need_pool_concept.
package pool
