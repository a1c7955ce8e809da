// Package boardweb shows many needs at once: the board of demand, the map, and
// the lists as files.
//
// Words: etterspørsel = demand, kart = map, eksport = export.
//
// The board has the fixed open tables of package demand; its filter picks
// cells and adds nothing up. The map and the files take the same address as
// the list of needs, and show of it what the reader may see.
package boardweb
