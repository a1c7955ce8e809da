package vocab

import "sync/atomic"

// Live is the index that is answered from. A larger one can be put in its place
// while readers use the older; whoever needs several answers from one index
// keeps what Now gave.
type Live struct{ now atomic.Pointer[Index] }

// NewLive begins with the index.
func NewLive(x *Index) *Live {
	l := &Live{}
	l.now.Store(x)
	return l
}

// Now is the index to answer from.
func (l *Live) Now() *Index { return l.now.Load() }

// Put answers from the index from now on.
func (l *Live) Put(x *Index) { l.now.Store(x) }
