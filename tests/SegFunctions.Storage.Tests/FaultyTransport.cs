using Azure.Core;
using Azure.Core.Pipeline;

namespace SegFunctions.Storage.Tests;

/// <summary>A connection that delivers requests and, when told to, loses the answer.</summary>
internal sealed class FaultyTransport : HttpPipelineTransport
{
    private readonly HttpClientTransport _inner = new();
    private readonly Lock _gate = new();
    private (string Method, string Part)? _next;

    public int LostAnswers { get; private set; }

    public int Requests { get; private set; }

    /// <summary>The next answer to such a request, whose address holds <paramref name="part"/>, does not arrive.</summary>
    public void LoseNextAnswer(string method, string part = "")
    {
        lock (_gate)
            _next = (method, part);
    }

    public override Request CreateRequest() => _inner.CreateRequest();

    public override void Process(HttpMessage message)
    {
        _inner.Process(message);
        Lose(message);
    }

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        await _inner.ProcessAsync(message);
        Lose(message);
    }

    private void Lose(HttpMessage message)
    {
        lock (_gate)
        {
            Requests++;
            if (_next is not { } next
                || message.Request.Method.Method != next.Method
                || !message.Request.Uri.ToUri().Query.Contains(next.Part, StringComparison.Ordinal))
            {
                return;
            }

            _next = null;
            LostAnswers++;
        }

        throw new Azure.RequestFailedException(0, "The connection was reset.", new IOException("The connection was reset."));
    }
}
