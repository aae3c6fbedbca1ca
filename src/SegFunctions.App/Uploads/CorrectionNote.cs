namespace SegFunctions.App.Uploads;

/// <summary>What a file of corrections settles of the upload that refused the rows.</summary>
/// <param name="Upload">The file of corrections.</param>
/// <param name="Accepted">Rows of it that the lake holds. With any, the note counts from the moment that the lake holds them; without, at once.</param>
/// <param name="Lines">Lines of the original whose corrected rows were accepted or found to be duplicates.</param>
internal sealed record CorrectionNote(string Upload, long Accepted, long[] Lines);
