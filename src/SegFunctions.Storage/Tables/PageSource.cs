using Azure;

namespace SegFunctions.Storage.Tables;

/// <summary>Pages that are fetched one by one as they are asked for.</summary>
/// <param name="fetch">Given a continuation token (null begins) and the most rows a page may hold, the page.</param>
internal sealed class PageSource<T>(
    Func<string?, int?, CancellationToken, Task<Page<T>>> fetch, int? maxPerPage, CancellationToken cancellationToken)
    : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        TableRules.CheckPageSize(pageSizeHint);
        do
        {
            var page = await fetch(continuationToken, pageSizeHint ?? maxPerPage, CancellationToken);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(continuationToken));
    }
}
