using Azure;

namespace SegFunctions.Storage.Tables;

/// <summary>One operation of a transaction.</summary>
/// <param name="actionType">What to do.</param>
/// <param name="entity">The row; of a deletion only the keys are read.</param>
/// <param name="etag">
/// The version that <see cref="TableTransactionActionType.UpdateMerge"/>, <see cref="TableTransactionActionType.UpdateReplace"/>
/// and <see cref="TableTransactionActionType.Delete"/> demand; the default and <see cref="Azure.ETag.All"/> accept any.
/// </param>
public sealed class TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
{
    public TableTransactionActionType ActionType { get; } = actionType;

    public ITableEntity Entity { get; } = entity ?? throw new ArgumentNullException(nameof(entity));

    public ETag ETag { get; } = etag;
}
