namespace SegFunctions.Learning.Tests;

public sealed class ChunkTeamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(70_001)]
    [InlineData(int.MaxValue)]
    public void Chunks_cover_every_row_once(int rows)
    {
        var chunks = FixedChunks.Of(rows);
        var next = 0;
        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            Assert.Equal(next, chunks.Start(chunk));
            Assert.True(chunks.End(chunk) > next);
            next = chunks.End(chunk);
        }

        Assert.Equal(rows, next);
        Assert.True(chunks.Count <= 64);
    }

    [Fact]
    public void Every_chunk_runs_once_a_step_whatever_the_threads()
    {
        foreach (var threads in (int[])[1, 2, 5])
        {
            using var team = new ChunkTeam(threads, CancellationToken.None);
            var work = new Counting(200);
            for (var step = 1; step <= 30; step++)
            {
                team.Run(work, 200);
                Assert.All(work.Runs, runs => Assert.Equal(step, runs));
            }
        }
    }

    [Fact]
    public void A_failure_on_any_thread_reaches_the_caller_and_the_team_lives_on()
    {
        using var team = new ChunkTeam(3, CancellationToken.None);
        Assert.Equal("chunk 7", Assert.Throws<InvalidOperationException>(() => team.Run(new Failing(7), 50)).Message);
        var work = new Counting(50);
        team.Run(work, 50);
        Assert.All(work.Runs, runs => Assert.Equal(1, runs));
    }

    [Fact]
    public void Cancellation_stops_between_chunks()
    {
        using var source = new CancellationTokenSource();
        using var team = new ChunkTeam(1, source.Token);
        var work = new Counting(100, chunk =>
        {
            if (chunk == 3)
                source.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => team.Run(work, 100));
        Assert.Equal(4, work.Runs.Sum());
    }

    private sealed class Counting(int chunks, Action<int>? also = null) : IChunkWork
    {
        public int[] Runs { get; } = new int[chunks];

        public void Run(int chunk)
        {
            Interlocked.Increment(ref Runs[chunk]);
            also?.Invoke(chunk);
        }
    }

    private sealed class Failing(int at) : IChunkWork
    {
        public void Run(int chunk)
        {
            if (chunk == at)
                throw new InvalidOperationException($"chunk {chunk}");
        }
    }
}
