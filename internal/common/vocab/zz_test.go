package vocab

import (
	"runtime"
	"testing"
)

func TestZZ(t *testing.T) {
	mem := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc >> 20
	}
	before := mem()
	x, _ := Load(Options{})
	x.Link("kokk", LinkOptions{})
	t.Log("starter MB", mem()-before)
	b := mem()
	y, _ := Load(Options{Learn: true})
	y.Link("kokk", LinkOptions{})
	t.Log("learned MB", mem()-b)
	b = mem()
	z, _ := Load(Options{Learn: true, Data: "/work/shared/data/vocab"})
	z.Link("kokk", LinkOptions{})
	t.Log("official MB", mem()-b)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Log("sys MB", m.Sys>>20)
	runtime.KeepAlive([]*Index{x, y, z})
}
