using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>Answers requests from a script and keeps what was sent.</summary>
internal sealed class StubTransport(params Func<HttpResponseMessage>[] script) : HttpMessageHandler
{
    public List<(string Method, Uri Target, Dictionary<string, string> Headers, string Body)> Sent { get; } = [];

    /// <summary>Options with this transport and without waiting between attempts.</summary>
    public TableClientOptions Options(TimeProvider? time = null)
    {
        var options = new TableClientOptions { Transport = new HttpClientTransport(this) };
        options.Retry.Delay = TimeSpan.Zero;
        options.Retry.MaxDelay = TimeSpan.Zero;
        if (time is not null)
            options.Time = time;
        return options;
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, string body = "", string type = "application/json") =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, type) };

    public static HttpResponseMessage Fault(HttpStatusCode status, string code) =>
        Answer(status, $$$$"""{"odata.error":{"code":"{{{{code}}}}","message":{"lang":"en-US","value":"said the service"}}}""");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        Sent.Add((request.Method.Method, request.RequestUri!, headers, body));
        return script[Math.Min(Sent.Count, script.Length) - 1]();
    }
}
