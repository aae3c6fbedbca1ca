using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Tests.Intake.Dedupe;

public sealed class SpillStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Theory]
    [InlineData(1 << 30, false)]
    [InlineData(10_000, true)]
    public async Task Bytes_come_back_in_order_from_memory_and_file(long budget, bool isSpilled)
    {
        using var store = new SpillStore(budget, _folder.FullName);
        var lists = Enumerable.Range(0, 5).Select(_ => store.NewList()).ToArray();
        var expected = lists.Select(_ => new List<byte>()).ToArray();
        var random = new Random(3);
        for (var record = 0; record < 2000; record++)
        {
            var bytes = new byte[random.Next(0, record % 500 == 0 ? 9000 : 60)];
            random.NextBytes(bytes);
            var list = random.Next(5);
            lists[list].Add(bytes);
            expected[list].AddRange(bytes);
        }

        Assert.Equal(isSpilled, store.SpilledBytes > 0);
        for (var list = 0; list < lists.Length; list++)
        {
            Assert.Equal(expected[list].Count, lists[list].Length);
            using var whole = new MemoryStream();
            await lists[list].WriteToAsync(whole, CancellationToken.None);
            Assert.Equal(expected[list], whole.ToArray());
            for (var probe = 0; probe < 500; probe++)
            {
                var start = random.Next(expected[list].Count + 1);
                var part = new byte[random.Next(expected[list].Count - start + 1)];
                lists[list].CopyTo(start, part);
                Assert.Equal(expected[list].Skip(start).Take(part.Length), part);
            }
        }
    }

    [Fact]
    public void An_empty_list_has_nothing_to_copy()
    {
        using var store = new SpillStore(4096, _folder.FullName);
        var list = store.NewList();
        list.CopyTo(0, []);
        Assert.Equal(0, list.Length);
    }

    [Fact]
    public void Beyond_the_budget_each_list_holds_one_piece()
    {
        using var store = new SpillStore(1 << 20, _folder.FullName);
        var lists = Enumerable.Range(0, 100).Select(_ => store.NewList()).ToArray();
        for (var round = 0; round < 100; round++)
        {
            foreach (var list in lists)
                list.Add(new byte[1000]);
        }

        Assert.InRange(store.SpilledBytes, (100 * 100 * 1000) - (1 << 20) - (100 * store.LargestPiece), 100 * 100 * 1000);
    }

    [Fact]
    public void The_temporary_file_has_no_name_that_could_stay_behind()
    {
        using var store = new SpillStore(4096, _folder.FullName);
        var list = store.NewList();
        for (var record = 0; record < 100; record++)
            list.Add(new byte[1000]);
        Assert.True(store.SpilledBytes > 0);
        if (!OperatingSystem.IsWindows())
            Assert.Empty(_folder.GetFiles());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
