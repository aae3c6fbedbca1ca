using System.Runtime.ExceptionServices;

namespace SegFunctions.Learning;

/// <summary>One step of work that can be done chunk by chunk, in any order, on any thread.</summary>
internal interface IChunkWork
{
    /// <summary>Does one chunk; writes only to what belongs to that chunk.</summary>
    void Run(int chunk);
}

/// <summary>
/// Threads that wait for chunks. Made once for a fit: after that a step costs two signals and no allocation, which
/// <c>Parallel.For</c> cannot promise. Which thread takes which chunk is left to chance; results must not depend on it.
/// </summary>
internal sealed class ChunkTeam : IDisposable
{
    private readonly SemaphoreSlim _start = new(0);
    private readonly CountdownEvent _done = new(1);
    private readonly Thread[] _helpers;
    private readonly CancellationToken _cancellation;
    private IChunkWork? _work;
    private ExceptionDispatchInfo? _failure;
    private int _chunks;
    private int _next;
    private volatile bool _stopped;

    /// <param name="threads">The caller included; null for one per processor.</param>
    public ChunkTeam(int? threads, CancellationToken cancellationToken)
    {
        var count = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(threads));
        _cancellation = cancellationToken;
        _helpers = new Thread[count - 1];
        for (var i = 0; i < _helpers.Length; i++)
        {
            _helpers[i] = new Thread(Help) { IsBackground = true, Name = "segfunctions-chunks" };
            _helpers[i].Start();
        }
    }

    /// <summary>Runs every chunk and returns when all are done.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; some chunks may not have run.</exception>
    public void Run(IChunkWork work, int chunks)
    {
        _work = work;
        _chunks = chunks;
        _next = 0;
        // Waking a thread costs more than a lone chunk does.
        var woken = Math.Min(_helpers.Length, chunks - 1);
        if (woken > 0)
        {
            _done.Reset(woken + 1);
            _start.Release(woken);
            TakeChunks();
            _done.Signal();
            _done.Wait();
        }
        else
        {
            TakeChunks();
        }

        _work = null;
        var failure = _failure;
        _failure = null;
        failure?.Throw();
        _cancellation.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        _stopped = true;
        if (_helpers.Length > 0)
            _start.Release(_helpers.Length);
        foreach (var helper in _helpers)
            helper.Join();
        _start.Dispose();
        _done.Dispose();
    }

    private void Help()
    {
        while (true)
        {
            _start.Wait(CancellationToken.None);
            if (_stopped)
                return;
            TakeChunks();
            _done.Signal();
        }
    }

    private void TakeChunks()
    {
        try
        {
            while (!_cancellation.IsCancellationRequested)
            {
                var chunk = Interlocked.Increment(ref _next) - 1;
                if (chunk >= _chunks)
                    return;
                _work!.Run(chunk);
            }
        }
        catch (Exception exception)
        {
            // Thrown again on the caller's thread; the other chunks are not worth finishing.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            Volatile.Write(ref _next, _chunks);
        }
    }
}
