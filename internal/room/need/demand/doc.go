// Package demand is the board of demand: living needs by region, field, level
// and year, with how many people and how many firms.
//
// Open readers get fixed tables that Rebuild makes once a day.
// They are made of parts: each pooled need is one, and all else in a
// cell of region × field × level × year is one. Every need lies in exactly one
// part, and a figure is only ever the sum of whole parts. Every figure ever
// published is kept in a ledger with what it was made of, and a new one is
// published only when it is built on at least three firms and, together with
// all before it,
//
//   - no class of readers (everybody, providers, the forum) can work out by
//     any adding and subtracting what one or two firms need whose needs they
//     may not open;
//   - nobody who knows some firms' needs, as owner, representative or
//     provider, can work out what a single other firm needs.
//
// Else the old figure stands, with its day, so that yesterday's table tells
// nothing either; what is left with fewer than three firms is hidden.
//
// A pooled need that cannot be published counts in the rest of its cell. A
// cell is shown when all its parts are; else it says "1–2" or nothing. There
// are no other margins, so nothing can be found by subtraction; and since a
// region is a part of the country that overlaps no other (need.RegionOf), no
// filter can cut a figure in two.
//
// Who may open every need in a cell gets the sum of this moment. An office
// limited to an area is in the class of the forum: the ledger does not keep
// from it what the forum elsewhere may read.
//
// Words: etterspørsel = demand, celle = cell, del = part.
//
// Tables: need_demand, need_demand_source.
package demand
