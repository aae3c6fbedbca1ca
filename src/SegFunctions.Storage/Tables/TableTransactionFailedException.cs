using Azure;

namespace SegFunctions.Storage.Tables;

/// <summary>The service refused a transaction; none of its operations took effect.</summary>
/// <remarks>
/// A 409 or 412 can also answer a repetition of a transaction that took effect the first time, when that answer was lost on
/// the way. Whoever must know reads the rows back.
/// </remarks>
public sealed class TableTransactionFailedException : RequestFailedException
{
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : this(Checked(requestFailedException), failedTransactionActionIndex: null)
    {
    }

    internal TableTransactionFailedException(RequestFailedException failure, int? failedTransactionActionIndex)
        : base(failure.Status, failure.Message, failure.ErrorCode, failure)
    {
        FailedTransactionActionIndex = failedTransactionActionIndex;
    }

    /// <summary>Zero-based index of the operation that failed; null where the service blames none.</summary>
    public int? FailedTransactionActionIndex { get; }

    private static RequestFailedException Checked(RequestFailedException? failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure;
    }
}
