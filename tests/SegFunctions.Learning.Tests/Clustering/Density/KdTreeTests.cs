using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;
using SegFunctions.Testing;

namespace SegFunctions.Learning.Tests.Clustering.Density;

public sealed class KdTreeTests
{
    private static Arbitrary<(double[] Values, int Columns)> Tables { get; } = (
        from rows in Gen.Choose(1, 300)
        from columns in Gen.Elements(1, 2, 3, 8, 17)
        from coarse in Gen.Elements(false, true)
        from seed in Gen.Choose(1, 100_000)
        select (Table(rows, columns, coarse, seed), columns)).ToArbitrary();

    [Fact]
    public void Every_row_lies_in_one_slot_and_comes_back_as_it_was() =>
        Prop.ForAll(Tables, table =>
        {
            var tree = KdTree.Over(table.Values, table.Columns);
            Assert.Equal(Enumerable.Range(0, tree.Count), tree.Rows.Order());
            var row = new double[table.Columns];
            for (var slot = 0; slot < tree.Count; slot++)
            {
                tree.CopyRow(slot, row);
                Assert.Equal(table.Values.AsSpan(tree.Rows[slot] * table.Columns, table.Columns), row.AsSpan());
            }
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Bounds_hold_to_the_bit() =>
        Prop.ForAll(Tables, table =>
        {
            var tree = KdTree.Over(table.Values, table.Columns);
            var random = new Xoshiro256(tree.Count);
            var row = new double[table.Columns];
            Holds(tree.Root);

            void Holds(KdNode node)
            {
                var (slot, inside) = (random.NextInt(tree.Count), SlotIn(node));
                var (leaf, insideLeaf) = (slot / KdTree.LeafRows, inside / KdTree.LeafRows);
                var distance = tree.Squared(slot, inside);
                tree.CopyRow(slot, row);
                Assert.True(tree.Bound(node.Index, row) <= distance);
                Assert.True(tree.Bound(tree.NodeOfLeaf(leaf), node.Index) <= distance);
                Assert.True(tree.Bound(node.Index, tree.NodeOfLeaf(leaf)) <= distance);
                Assert.True(tree.Span(tree.NodeOfLeaf(leaf), node.Index) >= distance);
                Assert.NotEqual(0u, tree.LanesWithin(leaf, node.Index, distance) & (1u << (slot % KdTree.LeafRows)));
                tree.Measure(insideLeaf, row, out var a, out var b, out var c, out var d);
                Assert.Equal(distance, new[] { a, b, c, d }[inside % KdTree.LeafRows / 8][inside % 8]);
                if (node.IsLeaf)
                {
                    Assert.Equal(node.Index, tree.NodeOfLeaf(node.FirstLeaf));
                    return;
                }

                Holds(node.Left);
                Holds(node.Right);
            }

            int SlotIn(KdNode node)
            {
                var start = node.FirstLeaf * KdTree.LeafRows;
                return start + random.NextInt(Math.Min(node.Leaves * KdTree.LeafRows, tree.Count - start));
            }
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_smallest_keys_come_first_and_items_stay_with_their_keys() =>
        Prop.ForAll((from keys in Gen.Choose(0, 9).ArrayOf() from count in Gen.Choose(0, keys.Length) select (keys, count)).ToArbitrary(), example =>
        {
            // Long enough to be split, not sorted.
            double[] keys = [.. Enumerable.Range(0, 20 * example.keys.Length).Select(i => example.keys[i % example.keys.Length] + (double)(i * 7919 % 5))];
            var split = keys.ToArray();
            var items = Enumerable.Range(0, keys.Length).ToArray();
            Selection.Split(split, items, 20 * example.count);
            Assert.Equal(keys.Order().Take(20 * example.count), split.Take(20 * example.count).Order());
            Assert.Equal(split, items.Select(item => keys[item]));
            Assert.Equal(Enumerable.Range(0, keys.Length), items.Order());
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Distinct_rows_are_in_order_and_counted()
    {
        var rows = Matrix.FromRows([[2.0, 1, 0], [1, 5, 0], [2, -1, 0], [1, 5, 0], [-0.0, 3, 0], [0.0, 3, 0], [2, 1, 0], [2, 1, 0]]);
        var distinct = DistinctRows.In(rows);
        Assert.Equal([0.0, 3, 0, 1, 5, 0, 2, -1, 0, 2, 1, 0], distinct.Values);
        Assert.Equal([2, 2, 1, 3], distinct.Counts);
        Assert.Equal([3, 1, 2, 1, 0, 0, 3, 3], distinct.Of);
    }

    [Fact]
    public void Distinct_rows_of_a_long_table_are_those_of_a_sort()
    {
        var random = new Xoshiro256(5);
        var rows = new Matrix(3000, 4, [.. Enumerable.Range(0, 12_000).Select(_ => (double)random.NextInt(4))]);
        var expected = Enumerable.Range(0, 3000).GroupBy(row => string.Join(',', rows.Row(row).ToArray())).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var distinct = DistinctRows.In(rows);
        Assert.Equal(expected.Select(group => group.Count()), distinct.Counts);
        for (var row = 0; row < 3000; row++)
            Assert.Equal(rows.Row(row), distinct.Values.AsSpan(distinct.Of[row] * 4, 4));
    }

    [Fact]
    public void Searches_allocate_nothing()
    {
        var rows = Some.Normal(2000, 3);
        var tree = KdTree.Over(rows.Values, 3);
        var neighbours = new LeafNeighbours(tree, 12);
        var single = new Neighbours(tree, 12);
        Assert.Equal(0, Allocation.Of(() => neighbours.Find(7)));
        Assert.Equal(0, Allocation.Of(() => single.Find(rows.Row(0))));

        var count = new NeighbourCount(tree, [.. Enumerable.Repeat(1, 2000)], squaredReach: 0.1, enough: 9);
        Assert.Equal(0, Allocation.Of(() => count.Run(1)));

        var parts = Enumerable.Range(0, tree.Slots).ToArray();
        var search = new EdgeSearch(tree, new double[tree.Slots], new double[tree.Nodes], parts, [.. Enumerable.Repeat(-1, tree.Nodes)]);
        var edges = new LeafEdges(search);
        edges.Begin(3);
        Assert.Equal(0, Allocation.Of(() => edges.Find(3, 1u << 5, parts[(3 * KdTree.LeafRows) + 5], double.PositiveInfinity)));
        Assert.Equal(0, Allocation.Of(() => search.From(rows.Row(0), 0.01, double.PositiveInfinity)));
    }

    private static double[] Table(int rows, int columns, bool coarse, int seed)
    {
        var values = Some.Normal(rows, columns, seed).Values.ToArray();
        for (var i = 0; coarse && i < values.Length; i++)
            values[i] = Math.Round(values[i]);
        return values;
    }
}
