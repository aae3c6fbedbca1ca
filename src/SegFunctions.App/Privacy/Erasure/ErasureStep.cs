namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Takes a person out of one store. It may be cut off anywhere and repeated; a repetition finds what is left.</summary>
internal abstract class ErasureStep
{
    /// <summary>The store, as receipts name it.</summary>
    public abstract string Store { get; }

    public abstract Task EraseAsync(Person person, ReceiptBuilder receipt, CancellationToken cancellationToken);
}
