"""Files in and out: the workbook, score packs and notices; decides nothing about scores."""
