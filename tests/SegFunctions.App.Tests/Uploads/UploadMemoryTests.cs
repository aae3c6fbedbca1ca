using SegFunctions.App.Uploads;

namespace SegFunctions.App.Tests.Uploads;

public sealed class UploadMemoryTests
{
    private const long Large = 1L << 40;

    [Fact]
    public void However_many_uploads_run_at_once_they_hold_no_more_than_the_whole_and_the_least_for_each()
    {
        var memory = new UploadMemory();
        var shares = Enumerable.Range(0, 40).Select(_ => memory.Take(Large)).ToList();

        Assert.Equal(UploadMemory.Whole / 4 * 3, shares[0].Bytes);
        Assert.All(shares, share => Assert.True(share.Bytes >= UploadMemory.Least));
        Assert.True(shares.Sum(share => share.Bytes) <= UploadMemory.Whole + (shares.Count * UploadMemory.Least));
    }

    [Fact]
    public void Small_files_leave_the_memory_to_large_ones()
    {
        var memory = new UploadMemory();
        using var small = memory.Take(1_000);
        using var large = memory.Take(Large);

        Assert.Equal(UploadMemory.Least, small.Bytes);
        Assert.True(large.Bytes > UploadMemory.Whole / 10 * 7);
    }

    [Fact]
    public void What_an_upload_had_is_there_for_the_next_once()
    {
        var memory = new UploadMemory();
        for (var upload = 0; upload < 100; upload++)
        {
            using var share = memory.Take(Large);
            Assert.Equal(UploadMemory.Whole / 4 * 3, share.Bytes);
            share.Dispose();
        }
    }
}
