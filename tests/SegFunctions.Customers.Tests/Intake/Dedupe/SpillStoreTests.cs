using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Tests.Intake.Dedupe;

public sealed class SpillStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Theory]
    [InlineData(1 << 30, false)]
    [InlineData(10_000, true)]
    public void Records_come_back_in_order_from_memory_and_file(long budget, bool isSpilled)
    {
        using var store = new SpillStore(budget, _folder.FullName);
        var lists = Enumerable.Range(0, 5).Select(_ => store.NewList()).ToArray();
        var expected = lists.Select(_ => new List<byte>()).ToArray();
        var random = new Random(3);
        for (var record = 0; record < 2000; record++)
        {
            var bytes = new byte[random.Next(1, record % 500 == 0 ? 9000 : 60)];
            random.NextBytes(bytes);
            var list = random.Next(5);
            lists[list].Add(bytes);
            expected[list].AddRange(bytes);
        }

        Assert.Equal(isSpilled, store.SpilledBytes > 0);
        byte[] buffer = [];
        for (var list = 0; list < lists.Length; list++)
        {
            var read = new List<byte>();
            for (var chunk = 0; chunk < lists[list].Chunks; chunk++)
                read.AddRange(lists[list].Chunk(chunk, ref buffer).ToArray());
            Assert.Equal(expected[list], read);
            Assert.Equal(expected[list].Count, lists[list].Bytes);
        }
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
