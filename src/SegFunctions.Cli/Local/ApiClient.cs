using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using SegFunctions.App;
using SegFunctions.App.Api;

namespace SegFunctions.Cli.Local;

/// <summary>The HTTP API as a marketing tool would call it.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri url, string apiKey)
    {
        _http = new HttpClient { BaseAddress = new Uri(url, "/api/v1/"), Timeout = TimeSpan.FromSeconds(100) };
        _http.DefaultRequestHeaders.Add("x-functions-key", apiKey);
    }

    public Task<UploadList> ListUploadsAsync(CancellationToken cancellationToken) =>
        GetAsync("uploads", AppJson.Default.UploadList, cancellationToken);

    public Task<UploadDetail> GetUploadAsync(string id, CancellationToken cancellationToken) =>
        GetAsync($"uploads/{id}", AppJson.Default.UploadDetail, cancellationToken);

    public Task<RunList> ListRunsAsync(CancellationToken cancellationToken) =>
        GetAsync("runs", AppJson.Default.RunList, cancellationToken);

    public Task<RunAnswer> GetRunAsync(string id, CancellationToken cancellationToken) =>
        GetAsync($"runs/{id}", AppJson.Default.RunAnswer, cancellationToken);

    public Task<SegmentList> ListSegmentsAsync(CancellationToken cancellationToken) =>
        GetAsync("segments", AppJson.Default.SegmentList, cancellationToken);

    public Task<SegmentMemberList> ListMembersAsync(string segment, int top, CancellationToken cancellationToken) =>
        GetAsync($"segments/{segment}/members?top={top}", AppJson.Default.SegmentMemberList, cancellationToken);

    /// <summary>One customer's memberships with the status of the answer, which 404 may be.</summary>
    public async Task<(int Status, CustomerAnswer? Answer)> FindCustomerAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"customers/{Uri.EscapeDataString(id)}/memberships", cancellationToken);
        var answer = response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync(AppJson.Default.CustomerAnswer, cancellationToken)
            : null;
        return ((int)response.StatusCode, answer);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(path, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new CommandFailedException($"GET /api/v1/{path} answered {(int)response.StatusCode}: {body}");
        }

        return (await response.Content.ReadFromJsonAsync(type, cancellationToken))!;
    }
}
